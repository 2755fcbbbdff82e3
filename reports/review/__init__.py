"""What becomes of reviewers' decisions."""
