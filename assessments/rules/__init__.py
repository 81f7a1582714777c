"""What the product knows about the mirror check and about safety. Pure: no Django, no clock, no database."""
