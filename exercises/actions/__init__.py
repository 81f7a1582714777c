"""Everything that writes training. Atomic, and idempotent: twice is once."""
