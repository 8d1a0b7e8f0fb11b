"""What counsellors do for the people they follow: actions, appointments, notes, breaks, handing over."""
