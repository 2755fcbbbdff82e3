"""Pages from the web, within limits: politely to the site, and with no way into the network behind this machine."""
