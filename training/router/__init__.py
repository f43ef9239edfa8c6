"""The exercise router: its data, its training, its evaluation and its export."""
