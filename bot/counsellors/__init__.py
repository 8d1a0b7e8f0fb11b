"""The counsellors' group: who may do what there, what Bob writes there, and what goes to and fro."""
