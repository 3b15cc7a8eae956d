import keras
import numpy as np

model = keras.models.load_model("digits.keras")
model.summary()
scores = model.predict(np.load("pictures.npy"), verbose=0)
print("Digits:", scores.argmax(axis=1).tolist())
