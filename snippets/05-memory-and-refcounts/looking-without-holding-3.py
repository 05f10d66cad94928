import weakref

weakref.ref([1, 2])  # TypeError: cannot create weak reference to 'list' object
