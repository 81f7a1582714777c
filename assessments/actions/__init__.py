"""Everything that writes checks and safety answers. Atomic, and idempotent: twice is once."""
