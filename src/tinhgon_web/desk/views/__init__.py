"""The desk's pages: the public's, the moderators', the hotline's."""
