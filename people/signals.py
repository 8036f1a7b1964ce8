"""What people's actions announce to the floors above, inside the same transaction."""

from django.dispatch import Signal

# profile, by, changed (names of questions); receivers act before the transaction commits
profile_saved = Signal()

# user, by; somebody was named for the first time and has a row now
person_named = Signal()

# user, by, department (the one before); somebody moved to another department
department_changed = Signal()

# action, subject, by, detail; something people's actions did that the audit must hold
recorded = Signal()

# grant, action; a role was given or ended
role_changed = Signal()
