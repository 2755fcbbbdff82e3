"""Language and knowledge: what a text claims, and how that stands to the reference set."""

import os

# The matrices here are small: threads of a numeric library wait for one another longer than they work. Set before numpy
# is loaded, and only where the user has not chosen.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
