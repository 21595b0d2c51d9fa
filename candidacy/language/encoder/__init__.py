"""The sentence encoder: turns a text into numbers that lie close together for texts of like meaning.

`weights` finds and checks what the package brings, `graph` writes it as ONNX, `encoder` runs it; Rasa and the front
desk reach it through `encoder` alone.
"""
