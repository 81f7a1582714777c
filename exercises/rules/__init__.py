"""Everything the product knows about training. Pure: no Django, no clock, no database."""
