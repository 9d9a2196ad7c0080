"""Parents: their links, their page, their mails."""
