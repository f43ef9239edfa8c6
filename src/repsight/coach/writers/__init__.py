"""Language models behind the Writer port: local servers, llama.cpp in process, a checkpoint."""
