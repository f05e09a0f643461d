"""What `flask run` finds."""
from unioncore import create_app

app = create_app()
