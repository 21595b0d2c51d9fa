"""The product beside a small stock Rasa assistant on the same machine: ``make bench`` runs what lives here.

Nothing of the product imports it. Figures, tables and plots are pure; what starts processes is in `ours` and `stock`.
"""
