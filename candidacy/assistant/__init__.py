"""The seam to Rasa: what runs inside Rasa (bridge, dialogue state, texts' variables) and the client that calls it.

Only the bridge, the dialogue state store, the texts' generator and the action endpoint import Rasa;
the front desk calls the client, and everybody reads texts through `texts`.
"""
