"""What people type, understood: values in, small results out, and "not understood" rather than a wrong guess."""
