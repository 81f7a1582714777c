"""The project: settings, addresses, and what needs more than one app."""
