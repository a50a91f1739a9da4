"""The commands: a module a group; heavy libraries are imported only where a command runs."""
