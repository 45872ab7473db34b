print("profile")
