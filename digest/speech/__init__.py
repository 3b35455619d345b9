"""Speech recognition: recordings of episodes that publish no transcript, downloaded, cut,
recognised and joined.
"""
