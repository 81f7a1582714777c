"""What belongs to a person and can be taken along or erased."""
