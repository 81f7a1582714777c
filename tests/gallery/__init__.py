"""Every page in every state: the people it is shown for, and the ways to it.

One list (`scenes.py`) serves two readers: `make gallery` photographs it, `tests/journeys/test_accessible.py` checks it.
"""
