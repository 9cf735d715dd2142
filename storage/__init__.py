"""The only SQL: schema, migrations, reading, writing, export. Imports dialogues and nlp for their types."""
