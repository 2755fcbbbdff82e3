"""Many pages: a job that resumes, whatever happened to the machine in between."""
