"""What staff work by, as pure decisions: who may have a conversation, when to call back, what leaves the console.

The records, the front desk, the console and the command call it; it calls nobody but for the shapes of a reply and of
the clinic's hours, and neither reads nor writes anything but its own rule files.
"""
