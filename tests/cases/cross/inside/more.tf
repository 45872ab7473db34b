locals { other = 1 }
