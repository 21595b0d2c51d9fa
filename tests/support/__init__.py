"""What tests of the running product share: the live stack, a switch for its actions, and conversations as data."""
