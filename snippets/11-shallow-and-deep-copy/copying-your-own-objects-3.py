from dataclasses import dataclass, field, replace


@dataclass
class Task:
    title: str
    tags: list = field(default_factory=list)
    done: bool = False


task = Task("write", ["docs"])
finished = replace(task, done=True)

print(finished)  # Task(title='write', tags=['docs'], done=True)
task == replace(finished, done=False)  # True
finished.tags is task.tags  # True
