"""What a message says: clauses, language, findings about the spine, red flags, topics; the rules are data in `rules/`.

Everything outside the `*_component.py` files is plain Python without Rasa; the front desk calls `red_flag_model`,
Rasa the components, and everybody may call `text`.
"""
