"""The screens: a Textual front end that draws scenes and sends back what was pressed."""
