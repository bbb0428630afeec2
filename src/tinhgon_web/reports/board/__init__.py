"""The leader's screen: where a place stands on a day against its programme, each number leading to its list."""
