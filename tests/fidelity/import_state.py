# shows: what is imported at the start is not there for the asking
import importlib
import logging
import xml
import email
import concurrent
import urllib
import json
import os
import html
import encodings
import collections
import unittest
import multiprocessing

for module, name in [
    (importlib, "util"), (importlib, "resources"), (importlib, "metadata"), (importlib, "abc"), (logging, "handlers"), (logging, "config"), (xml, "dom"),
    (xml, "etree"), (email, "message"), (urllib, "parse"), (urllib, "request"), (html, "parser"), (json, "tool"),
    (unittest, "mock"), (multiprocessing, "pool"), (multiprocessing, "shared_memory"), (os, "path"), (collections, "abc"),
]:
    print(module.__name__, name, hasattr(module, name))
