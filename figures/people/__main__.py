"""Draw the pictures of people that are not current, or those whose name matches; needs the body model: make figures.

python -m figures.people [a part of names]
"""

import sys

from figures import FOLDER
from figures.people.build import build

if __name__ == "__main__":
    try:
        build(FOLDER, *sys.argv[1:2])
    except ValueError as error:
        sys.exit(str(error))
