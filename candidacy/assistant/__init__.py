"""The seam to Rasa: how it is served and what runs inside it, and the client that calls it.

What imports Rasa runs in Rasa's own process alone; the front desk calls the client, and everybody reads texts through
`texts`.
"""
