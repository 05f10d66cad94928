import sys

import ferry
# Output:
# loaded as ferry

kept = sys.modules["ferry"]

import ferry as again

again is kept  # True
ferry.__name__  # 'ferry'
