"""Reading, drawing and writing clips; everything with pixels in it stays here and in pose."""
