"""A digital athlete: whole-body motion, camera and pictures with exact ground truth."""
