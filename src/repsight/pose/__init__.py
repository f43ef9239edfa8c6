"""Pose estimation: from pictures to landmarks."""
