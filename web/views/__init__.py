"""The pages, a blueprint each; each module's ``pages`` is registered by ``web.app``."""
