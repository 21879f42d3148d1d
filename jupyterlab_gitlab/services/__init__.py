"""What a user does, one module a capability: functions that join the clone and its GitLab.

All of them block and are called from worker threads. They take a :class:`.context.ServiceContext`, the contract's
parameters and body, return the contract's reply, and raise :class:`~..contract.errors.GitLabWorkflowError`.
"""
