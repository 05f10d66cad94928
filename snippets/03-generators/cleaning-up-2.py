def patient():
    while True:
        try:
            yield "ready"
        except ValueError as error:
            yield f"survived {error}"


task = patient()
next(task)  # 'ready'
task.throw(ValueError("noise"))  # 'survived noise'
next(task)  # 'ready'
