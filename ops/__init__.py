"""Running Vigie: commands, pipeline, schedule and demo."""
