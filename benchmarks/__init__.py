"""What the tool is measured by, each figure beside a named peer in the same run. Tests hold no clock; these do."""
