"""What a person can ask for, without a framework: analyse clips, and show a demo."""
