# shows: that the program lies in the folder that it works in
# differs: the file lies in a folder beside the work folder, so that the work folder is empty as a guide has it
import os

print(os.listdir(".") == [os.path.basename(__file__)], os.path.dirname(os.path.abspath(__file__)) == os.getcwd())
