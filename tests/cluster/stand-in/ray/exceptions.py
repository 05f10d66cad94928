class NodeDiedError(Exception):
    pass


class ObjectLostError(Exception):
    pass


class WorkerCrashedError(Exception):
    pass
