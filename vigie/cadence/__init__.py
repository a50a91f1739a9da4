"""When each source is read: at a fixed interval, by cron, or as often as it has news."""
