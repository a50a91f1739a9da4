"""What the pages read: one function a question, a bounded number of statements each."""
