import SQLStore
